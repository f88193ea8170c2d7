"""Whether somebody sells (销售人员), and may so not handle what is kept from sellers: by the staff
number (工号) where it is known of both, and by the name only where nothing better is known."""

from dataclasses import dataclass

from cases.staff_codes import spellings
from store import accounts, case_work
from store.database import Session


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody: their number, whether they sell, and whether nothing but the name
    says so."""

    code: str | None
    sells: bool
    by_name: bool


def known(session: Session, name: str) -> Known:
    """Somebody by the name of their account. ``session`` sees every branch. A login is held against
    numbers too, for many people sign in by theirs."""
    account = accounts.by_name(session, name)
    code = account.staff_code if account else None
    login = account.login if account else ""
    written = {how for one in (code, login) if one for how in spellings(one)}
    if written and case_work.sells_by_code(session, written):
        return Known(code, sells=True, by_name=False)
    names = {name.strip(), "".join(name.split())} | ({login} if login and not code else set())
    sells = case_work.sells_by_name(session, names, numbered=code is not None)
    return Known(code, sells=sells, by_name=code is None or sells)
