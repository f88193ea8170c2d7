"""What each code of the check means and how it is mended, in one sentence: docs/checks.md for
readers of the console."""

from flask_babel import lazy_gettext as _

from web.words.names import Names

_FILE: Names = {
    "file-unreadable": _("The file cannot be read or is no UTF-8 text. Save it as UTF-8."),
    "file-too-large": _("The file is larger than a script may be. Look for pasted text."),
    "yaml-syntax": _("This is not YAML: look at brackets, colons and indentation in this line."),
    "yaml-duplicate-key": _("A key is written twice in one entry. Remove one of them."),
    "yaml-alias": _("An alias (*name) repeats another part. Write that part out."),
    "yaml-tag": _("A tag (!!name) stands before a value. Leave it out."),
    "yaml-too-deep": _("The text is nested too deeply. Make it flatter."),
    "not-a-mapping": _("The file does not begin with keys such as id:. Write them first."),
    "unknown-key": _("Nothing reads this key. It is most often a slip of the pen."),
    "missing-key": _("A key that must be there is missing. Add it."),
    "bad-value": _("The value is of the wrong kind or outside its bounds. Write another."),
    "too-many": _("There are more entries than allowed. Remove some."),
    "unknown-format": _("The format is not known here. A newer Huifang may know it."),
    "bad-use": _("use names a block that is none, or questions that the block does not have."),
    "unknown-block": _("There is no shared block of this name. Correct the name."),
}

_ROUTES: Names = {
    "bad-code": _("The id does not begin with a question code. Begin it with one."),
    "duplicate-id": _("This id is used twice. Give one of them another."),
    "unknown-name": _("This points to something that does not exist. Correct the name."),
    "unknown-ending": _("There is no such ending, or its outcome is only the carrier's to give."),
    "wrong-kind": _("The kind of this question or ending does not fit what it is for."),
    "wrong-section": _(
        "Questions of kind time stand under aside, all others under questions. Move this one."
    ),
    "bad-route": _("A step does not exist, leads nowhere, is never taken, or never gives up."),
    "never-gives-up": _("The last step stays at the question, so that it is asked for ever."),
    "missing-route": _("The script does not say what follows some answer. Add it under on."),
    "bad-condition": _("The condition is outside the vocabulary. Write one that exists."),
    "bad-rule": _("A rule contradicts itself or leaves something undecided."),
    "unreachable": _("No policy and no answer leads to this question. Correct when or on."),
    "unused-ending": _("No answer leads to this ending. Remove it, or lead some answer to it."),
    "endless": _("A question aside leads back to itself. Let it lead to an ending."),
}

_TEXTS: Names = {
    "bad-slot": _("Braces that are no slot. Write {{ and }} around a slot's name."),
    "unknown-slot": _("There is no such slot. Use one of those that the message lists."),
    "slot-may-be-empty": _(
        "The policy may lack this slot. Add a fallback, or ask only when it is known."
    ),
    "missing-explanation": _("An answer leads to the explanation, but none is written."),
    "too-long-spoken": _("This takes too long to say; people hang up. Shorten it."),
    "ending-speechless": _(
        "The last sentence of the ending has a condition, so that nothing might be said."
    ),
    "two-facts": _("This seems to ask two facts at once; one yes could mean either. Split it."),
    "negative-wording": _("Asked in the negative, so that yes and no become ambiguous."),
    "polarity-wrong": _("“no” is no good answer here, but the question is marked so."),
    "keys-reversed": _("The keys are named the wrong way round: 1 is always yes, 2 always no."),
    "polarity-unmarked": _("“no” is the good answer here, but the question is not marked so."),
    "leading-wording": _("This puts the answer into the customer's mouth. Ask openly."),
    "by-person": _("What a person reads does not belong here, or speaks of keys"),
    "disclosure-missing": _(
        "The opening does not say that a machine speaks, or that the call is recorded."
    ),
}

_LANGUAGES: Names = {
    "unknown-language": _("This is no language tag. Write zh-CN, yue or en."),
    "missing-translation": _("This text has no translation yet, though the language was begun."),
    "wrong-hash": _("This is not the text that was published under this hash."),
    "item-unspoken": _("The words of this question do not speak of what it is to confirm."),
    "too-few-turns": _("The call would be cut off before everything can be asked."),
    "unknown-voice": _("The carrier has no such voice for this language. Write female or male."),
}

_SHEETS: Names = {
    "missing-sheet": _("A sheet is missing. Take it from an exported script."),
    "unknown-sheet": _("A sheet that is no part of a script. Begin its name with # to keep it."),
    "missing-column": _("A column without which nothing can be read is missing."),
    "unknown-column": _("Nothing reads this column. Correct its header, or begin it with #."),
    "duplicate-column": _("The same column stands twice. Remove one of them."),
    "bad-cell": _("The value of this cell cannot be used. Write another."),
}

_RULEBOOKS: Names = {
    "conflict-undecided": _("A conflict of the sources is not decided. Decide it."),
    "conflict-drift": _("A decision and the field that records it differ."),
    "doubt-without-kind": _("No trigger takes up a doubt that the law wants taken up."),
    "end-without-kind": _("A call can end so that it is neither repeated nor a case."),
    "unused-trigger": _("Other triggers before this one take up everything that it could."),
    "unreached-kind": _("Nothing leads to this kind of case."),
    "unknown-script": _("There is no such script in the library."),
    "unfit-script": _("Some policies would get a script that is not meant for them."),
}

_LAW: Names = {
    "item-missing": _("Some policy is not asked about something the law lists. Add the question."),
    "item-skipped": _(
        "An answer ends the call as completed before everything was asked, or a yes does not lead"
        " on."
    ),
    "interruptible": _("A fact that the law lists can be talked over. Remove barge_in."),
    "identity-missing": _("Not everybody is asked to prove who they are. Add the question."),
    "identity-skipped": _("Something but a clear yes passes the question of identity."),
    "fact-before-identity": _(
        "Somebody who has not proved to be the holder could hear something of the policy."
    ),
    "no-closing": _("The last question is not one that closes the call."),
    "no-completed-ending": _("The ending after the last question is not completed."),
}

FAULTS: Names = {
    **_FILE, **_ROUTES, **_TEXTS, **_LANGUAGES, **_SHEETS, **_RULEBOOKS, **_LAW,
}  # fmt: skip
