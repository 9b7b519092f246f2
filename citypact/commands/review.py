"""`citypact review`."""

from __future__ import annotations

import getpass
import sys
import webbrowser
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from citypact.commands.help import UsageError, example, option
from citypact.commands.help import command as click_command
from citypact.commands.options import language_option, near, project
from citypact.ontology.errors import CitypactError, Message
from citypact.terminal import print_lines, print_message, safe
from citypact.translation import current_language, error_text, translated

if TYPE_CHECKING:
    from citypact.judging import DraftFiles, DraftState
    from citypact.sources.extraction.judgement import JudgedAgreement, JudgedValue
    from citypact.sources.model import Span

_AROUND = 120
"""Characters that are shown on each side of the words of a value."""
_LISTED = 13
"""Choices up to this number are listed."""


@click_command(epilog=example("review press-release"))
@click.argument("draft", metavar="DRAFT")
@option("--terminal", "in_terminal", is_flag=True, help="Judge here, one value after another.")
@option("--no-open", is_flag=True, help="Print the address of the page, and do not open it.")
@option("--by", "person", metavar="NAME", help="Who judges. Default: the name of your account.")
@option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORT",
    help="The port of the page on this machine. Default: a free one.",
)
@language_option
def command(
    draft: str, in_terminal: bool, no_open: bool, person: str | None, port: int, language: str
) -> None:
    """Judge a draft of `citypact read` next to its document, and write what you accept.

    DRAFT is the name of a draft of your project, or its file. The page shows the document with its
    draft: accept, change or reject each value, or add one by selecting its words; the keys are at
    the foot of the page. It is served to this machine alone, until Ctrl-C.

    Each decision is saved at once in drafts/, with person and reason. Run the command again to
    continue. When the document is read again, decisions are found again by words and context. The
    record is written to records/ when all is decided, if `citypact check` would find no fault.
    """
    from citypact.judging import DraftFiles

    found = project()
    if found is None or found.build is None:
        raise UsageError(
            "there is no project here; make one with `citypact new`, or name it with --project"
        )
    files = DraftFiles.of(draft, found, person or _account())
    files.state()
    if files.is_edited:
        message = Message(
            "drafts/{name}.yaml was edited by hand; these edits are not shown here", name=files.name
        )
        print_message(translated(message))
    if in_terminal:
        _judge_here(files, language)
    else:
        _serve(files, language, port, is_opened=not no_open)


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        return ""


def _serve(files: DraftFiles, language: str, port: int, *, is_opened: bool) -> None:
    from citypact.review_server import ReviewServer

    try:
        server = ReviewServer(files, language, port)
    except OSError as error:
        raise CitypactError(
            "port {port} is in use\n    -> choose another with --port", port=port
        ) from error
    with server:
        print_lines(server.address)
        print_message(translated("Press Ctrl-C to end; decisions are saved at once."))
        sys.stdout.flush()
        if is_opened:
            _open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print_message("")
            print_message(translated(_left(files.state())))


def _open(address: str) -> None:
    """Opens the address in a browser, unless there are only those that would use this terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    is_of_terminal = type(browser) is webbrowser.GenericBrowser
    if not is_of_terminal:
        browser.open(address)


def _left(state: DraftState) -> Message:
    count = state.judgement.open_values
    if count:
        return Message("values left to judge: {count}; run the command again", count=count)
    return Message("All values are judged.")


def _judge_here(files: DraftFiles, language: str) -> None:
    """Asks for each open value in turn."""
    try:
        _ask_for_all(files, language)
        state = files.state()
        print_lines(translated(_left(state)))
        if state.judgement.open_values or not _is_written(files, language):
            return
        state = files.state()
    except (click.Abort, KeyboardInterrupt):  # what was decided is kept
        print_message("")
        print_message(translated(_left(files.state())))
        return
    record = files.finish(state.revision, language)
    print_lines(f"{near(str(record))}\n\n{translated('Try next:')}\n  citypact check")


def _is_written(files: DraftFiles, language: str) -> bool:
    """Asks whether the record is to be written; values can be added before."""
    while True:
        keys = translated("w write the record, n add a value, q quit")
        key = click.prompt(
            keys, type=click.Choice(list("wnq")), show_choices=False, prompt_suffix=" > "
        )
        if key != "n":
            return bool(key == "w")
        state = files.state()
        try:
            _add(files, state, state.judgement.agreements, language)
        except CitypactError as error:
            print_message(error_text(error))
        if files.state().judgement.open_values:
            _ask_for_all(files, language)


def _ask_for_all(files: DraftFiles, language: str) -> None:
    """Asks until nothing is open, or the person quits."""
    skipped: set[str] = set()
    while True:
        state = files.state()
        following = _following(state, skipped)
        if following is None:
            return
        agreement, value = following
        _show(state, agreement, value, language)
        key = click.prompt(
            translated(
                "a accept, r reject, e edit, n add a value, x reject the agreement, s skip, q quit"
            ),
            type=click.Choice(list("arenxsq")),
            show_choices=False,
            prompt_suffix=" > ",
        )
        if key == "q":
            return
        if key == "s":
            skipped.add(value.id)
            continue
        try:
            if key == "n":
                _add(files, state, [agreement], language)
            else:
                _act(files, state, agreement, value, key)
        except CitypactError as error:
            print_message(error_text(error))


def _following(state: DraftState, skipped: set[str]) -> tuple[JudgedAgreement, JudgedValue] | None:
    for agreement in state.judgement.agreements:
        for value in agreement.open_values:
            if value.id not in skipped:
                return agreement, value
    return None


def _show(state: DraftState, agreement: JudgedAgreement, value: JudgedValue, language: str) -> None:
    from citypact.drafts import doubt_text
    from citypact.graph.pages.review.page import field_name, shown_agreement, shown_value
    from citypact.sources.extraction.judgement import stored_value

    drafted = value.drafted
    stored = stored_value(value.field, drafted.value, agreement)
    doubts = "".join(f"; {doubt_text(each, language)}" for each in drafted.doubts)
    shown = shown_value(value.field, stored)[language]
    print_lines(f"\n{shown_agreement(agreement)[language]}")
    print_lines(f"  {field_name(value.field)[language]}: {shown}  {drafted.confidence:.0%}{doubts}")
    for start, end in drafted.spans:
        text = state.form.text
        before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
        after = text[end : end + _AROUND].partition("\n")[0]
        words = click.style(safe(text[start:end]), bold=True, reverse=True)
        click.echo(f"    {safe(before)}[{words}]{safe(after)}")


def _act(
    files: DraftFiles,
    state: DraftState,
    agreement: JudgedAgreement,
    value: JudgedValue,
    key: str,
) -> None:
    from citypact.sources.extraction.judgement import stored_value

    more: dict[str, Any] = {}
    if key == "e":
        stored = stored_value(value.field, value.drafted.value, agreement)
        parties = [each.drafted.value.text for each in agreement.of("parties")]
        more["new"] = _edited(value.field, stored, parties)
    if key in "rex":
        more["reason"] = click.prompt(
            translated("Reason (may be empty)"), default="", show_default=False
        )
    name = agreement.id if key == "x" else value.id
    action = {"a": "accept", "r": "reject", "e": "change", "x": "reject"}[key]
    files.decide(state.revision, name, action, **more)


def _add(
    files: DraftFiles, state: DraftState, agreements: Sequence[JudgedAgreement], language: str
) -> None:
    """Asks for a value, or an agreement, that is missing, and for its words in the document.

    Raises CitypactError for words that are not in the document, and for what cannot be.
    """
    from citypact.graph.pages.review.page import field_name, shown_agreement
    from citypact.sources.extraction.judgement import AGREEMENT

    agreements = [each for each in agreements if each.state != "rejected"]
    chosen = agreements[0] if agreements else None
    if len(agreements) > 1:
        shown = {each.id: shown_agreement(each)[language] for each in agreements}
        name = _chosen(f"  {translated('agreement')}", agreements[0].id, shown)
        chosen = next((each for each in agreements if each.id == name), chosen)
    kinds = [*(_addable(chosen) if chosen else ()), AGREEMENT]
    what = {kind: field_name(kind)[language] for kind in kinds}
    field = _chosen(f"  {translated('kind of value')}", kinds[0], what)
    if field not in what:
        raise CitypactError("{value} is not a value of this kind", value=repr(field))
    parties = [each.drafted.value.text for each in chosen.of("parties")] if chosen else []
    name = chosen.id if chosen and field != AGREEMENT else ""
    span = _asked_words(state.form.text)
    new = _edited(field, _blank(field, state.form.text[slice(*span)]), parties)
    files.decide(state.revision, name, "add", field=field, new=new, spans=[span])


def _addable(agreement: JudgedAgreement) -> list[str]:
    """The fields of which an agreement can have another value."""
    from citypact.sources.extraction.judgement import FIELDS, SEVERAL

    def is_there(field: str) -> bool:
        return any(each.state != "rejected" for each in agreement.of(field))

    return [field for field in FIELDS if field in SEVERAL or not is_there(field)]


def _asked_words(text: str) -> Span:
    """Asks for words of the document until one place is plain. Raises CitypactError for others."""
    from citypact.sources.reading.quotes import QuotedText
    from citypact.sources.reading.values import ValueFault

    quoted = QuotedText(text)
    words = click.prompt(f"  {translated('its words in the document')}", type=str)
    places = quoted.spans(words)
    number = 0
    if len(places) > 1:
        for i, place in enumerate(places, 1):
            print_lines(f"    {i}: {quoted.passage(place)}")
        number = click.prompt(
            f"  {translated('which of these places')}", type=click.IntRange(1, len(places))
        )
    try:
        return quoted.span(words, number)
    except ValueFault as fault:
        raise CitypactError(
            "{fault}\n    -> {cure}", fault=fault.message, cure=fault.cure
        ) from fault


def _blank(field: str, words: str) -> Any:
    """A new value of a field, as far as its words give it."""
    blank: dict[str, Any] = {
        "agreement": "mou",
        "form": "mou",
        "status": "main",
        "parties": {"text": words, "label_en": "", "entity": "", "kind": "city"},
        "date": {"edtf": "", "how": "stated", "meaning": "signed"},
        "signatories": {"name": words, "role": "", "of": None},
        "topics": "",
        "mode": "in_person",
        "legally_binding": True,
        "languages": "ko",
        "provisions": {"words": words, "number": "", "force": ""},
    }
    return blank.get(field, words)


def _edited(field: str, stored: Any, parties: list[str]) -> Any:
    """Asks for a value, part by part; what is not answered stays."""
    from citypact.graph.pages.review.page import input_name, options

    language = current_language()

    def asked(part: str, value: Any) -> str:
        label = input_name(part)[language]
        kind = "form" if field == "agreement" else field
        choices = {key: words[language] for key, words in options(kind, part).items()}
        if part == "of":
            choices = {each: each for each in parties}
        return _chosen(f"  {label}", value or "", choices)

    if isinstance(stored, dict):
        # How a date was found is no judgement of a person.
        parts = {name: each for name, each in stored.items() if name != "how"}
        return stored | {name: asked(name, each) for name, each in parts.items()}
    if isinstance(stored, bool):
        return click.confirm(f"  {input_name('value')[language]}", default=stored)
    return asked("value", stored)


def _chosen(label: str, value: str, choices: dict[str, str]) -> str:
    """Asks for a text; where there are choices, for the number or the name of one."""
    if 0 < len(choices) <= _LISTED:
        names = ", ".join(f"{i} {safe(each)}" for i, each in enumerate(choices.values(), 1))
        label += f" ({names})"
    answer = str(click.prompt(label, default=choices.get(value, value), type=str))
    if answer.isdecimal() and 0 < int(answer) <= len(choices):
        return list(choices)[int(answer) - 1]
    same = (key for key, words in choices.items() if answer.casefold() == words.casefold())
    return next(same, answer)
