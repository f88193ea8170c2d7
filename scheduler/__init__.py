"""When we call and whom: policy lists, calendar, cooling-off, retries, plan. It stores nothing."""
