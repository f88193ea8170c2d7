"""Which exceptions are faults of the input: they end a command with one sentence and exit code 1.
Everything else is our own fault and keeps its traceback."""


class InputFault(Exception):  # noqa: N818 - a fault of the input, not an error of ours
    """The input cannot be used. The message names the place and the mend."""


def is_input_fault(raised: BaseException) -> bool:
    """Whether the message of ``raised`` is written for the person at the keyboard.

    The rooms are imported here, after something went wrong, and not when a command starts.
    """
    from exchange.cast_file import CastError
    from huifang.settings import SettingsFault
    from ivr.phone import PhoneTrouble
    from ivr.twilio.script_twiml import NotByPhone
    from ivr.twilio.voices import UnknownVoice
    from operations.accounts import AccountTrouble
    from operations.case_record import CaseTrouble
    from operations.choose_script import ScriptTrouble
    from operations.new_files import FileTrouble
    from operations.otherwise import OtherwiseTrouble
    from operations.quality_trouble import QualityTrouble
    from operations.review import ReviewTrouble
    from recordings.audio import AudioTrouble
    from recordings.storage import StorageTrouble
    from recordings.trouble import SpeechTrouble
    from scheduler.intake.sheet import ListFault
    from scheduler.what_if import WhatIfTrouble
    from scripts.answers.table import TableError
    from scripts.faults import FaultyFileError
    from store.database import DatabaseTrouble

    return isinstance(
        raised,
        InputFault
        | AccountTrouble
        | SettingsFault
        | CastError
        | CaseTrouble
        | PhoneTrouble
        | NotByPhone
        | UnknownVoice
        | AudioTrouble
        | StorageTrouble
        | SpeechTrouble
        | ListFault
        | TableError
        | FaultyFileError
        | DatabaseTrouble
        | ReviewTrouble
        | ScriptTrouble
        | OtherwiseTrouble
        | QualityTrouble
        | WhatIfTrouble
        | FileTrouble,
    )
