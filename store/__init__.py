"""The only room that speaks SQL: tables, queries and migrations. Decides nothing."""
