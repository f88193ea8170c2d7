"""The vendor's refusals: code, HTTP status and words. Nothing else."""

from typing import Any


class RestError(Exception):
    """A request that the API refuses, as the vendor words it."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def body(self) -> dict[str, Any]:
        """The vendor's error body."""
        return {
            "code": self.code,
            "message": str(self),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def authenticate() -> RestError:
    """No credentials, or wrong ones."""
    return RestError(401, 20003, "Authenticate")


def not_found(path: str) -> RestError:
    """No such resource."""
    return RestError(404, 20404, f"The requested resource {path} was not found")


def too_many() -> RestError:
    """More requests than the account may send. Nothing was done."""
    return RestError(429, 20429, "Too Many Requests")


def internal() -> RestError:
    """The API is out of order."""
    return RestError(500, 20500, "An internal server error has occurred")


def invalid(name: str, value: str) -> RestError:
    """A parameter that cannot be."""
    return RestError(400, 20001, f"Invalid parameter {name}: {value}")
