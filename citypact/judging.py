"""Judges a draft of a project: its files are read, decisions are kept, the record is written.

Decisions are in NAME.decisions.jsonl next to the draft, one a line, and are only ever added to. The
draft is what was read; what it is after the decisions is worked out each time (see
`sources.extraction.judgement`), so nothing is lost where a process is killed.
"""

from __future__ import annotations

import datetime
import gc
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from citypact.drafts import DRAFTS, MADE_FROM, KnownNames, record_text
from citypact.graph.build.build import graph_of
from citypact.new_documents import DocumentDetails
from citypact.ontology.errors import CitypactError, Message
from citypact.sources.documents.form_json import form_from_json
from citypact.sources.documents.normal_form import NormalForm
from citypact.sources.extraction.draft_json import draft_from_json
from citypact.sources.extraction.judgement import (
    Decision,
    JudgedDraft,
    accepted_draft,
    decide,
    decision_from_json,
    decision_to_json,
    judge,
)
from citypact.sources.extraction.model import Draft
from citypact.sources.files.atomic_files import temporary_folder, write_file
from citypact.sources.files.atomic_folder import writing_in
from citypact.sources.reading.load import load_sources
from citypact.sources.reading.project import DOCUMENTS, Project

DECISIONS = ".decisions.jsonl"
_OUTDATED = Message(
    "the draft was changed in another window; this decision was not kept\n"
    "    -> look at its present state and decide again"
)
_HEAD = {
    "en": "Judged value by value with `citypact review` by {person}, {day}.",
    "ko": "`citypact review`로 값마다 검토한 기록입니다. 검토자: {person}, 날짜: {day}.",
}


class OutdatedError(CitypactError):
    """Somebody else has decided in the meantime, or the document was read again."""


@dataclass(frozen=True)
class DraftState:
    """A draft as it is now.

    Attributes: revision (differs after each change), head (how it was made), form, draft,
    decisions, judgement.
    """

    revision: str
    head: dict[str, Any]
    form: NormalForm
    draft: Draft
    decisions: tuple[Decision, ...]
    judgement: JudgedDraft


class DraftFiles:
    """The files of one draft in a project.

    Attributes: name; drafts (their folder); project; person (who decides).
    """

    def __init__(self, name: str, drafts: Path, project: Project, person: str = "") -> None:
        self.name, self.drafts, self.project, self.person = name, drafts, project, person
        self.record = project.folder / "records" / f"{name}.yaml"

    @classmethod
    def of(cls, draft: str, project: Project, person: str = "") -> DraftFiles:
        """The files of a draft, by its name or the path of one of them. Raises CitypactError."""
        given = Path(draft)
        for folder in (given.parent, project.folder / DRAFTS):
            for ending in ("", ".yaml", MADE_FROM, DECISIONS):
                name = given.name.removesuffix(ending)
                if name and (folder / f"{name}{MADE_FROM}").is_file():
                    return cls(name, folder, project, person)
        raise CitypactError(
            "{draft}: there is no such draft in {folder}\n    -> make one with `citypact read`",
            draft=draft,
            folder=project.folder / DRAFTS,
        )

    def state(self) -> DraftState:
        """Reads the draft and applies all decisions. Raises CitypactError for broken files."""
        made = self.drafts / f"{self.name}{MADE_FROM}"
        try:
            data = made.read_bytes()
            head, form, draft = map(json.loads, data.decode().splitlines())
            read = form_from_json(form), draft_from_json(draft)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CitypactError(
                "{file}: is not a draft that this version can read\n"
                "    -> write it again with `citypact read --again`",
                file=made,
            ) from error
        decisions = self._decisions()
        revision = f"{len(decisions)}-{hashlib.sha256(data).hexdigest()[:16]}"
        return DraftState(revision, head, *read, decisions, judge(read[1], read[0], decisions))

    def decide(self, revision: str, name: str, action: str, **said: Any) -> DraftState:
        """Keeps a decision and gives the state after it; see `judgement.decide`.

        Raises OutdatedError where the draft is no longer that of `revision`, and CitypactError for
        what cannot be decided.
        """
        with writing_in(self.drafts, self._named):
            state = self._current(revision)
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            new = decide(
                state.judgement, state.form.text, name, action, person=self.person, time=now, **said
            )
            decisions = (*state.decisions, *new)
            lines = [json.dumps(decision_to_json(each), ensure_ascii=False) for each in decisions]
            data = ("\n".join(lines) + "\n").encode()
            write_file(self._path, data, "--project", inside=self._named)
            return self.state()

    def finish(self, revision: str, language: str) -> Path:
        """Writes what was accepted as a record, and gives its file.

        language: of comments. Raises OutdatedError; CitypactError where something is still open, a
        record is there already, or the text is not that of the draft; RecordError where the record
        would have faults. Then nothing is written.
        """
        with writing_in(self.drafts, self._named):
            state = self._current(revision)
            draft = accepted_draft(state.judgement)
            if self.record.exists():
                raise CitypactError(
                    "{file}: is there already and was not replaced\n"
                    "    -> move or delete it to write it again",
                    file=self.record,
                )
            self._check_text(state)
            asked = {**state.head.get("asked", {})}
            asked["languages"] = tuple(asked.get("languages", ()))
            last = state.decisions[-1]
            people = dict.fromkeys(each.person for each in state.decisions if each.person)
            comment = _HEAD[language].format(person=", ".join(people), day=last.time[:10])
            known = KnownNames(self.project.folder)
            details = DocumentDetails(**asked)
            text = record_text(self.name, state.form, draft, details, known, language, comment)
            self._check(text.encode())
            write_file(self.record, text.encode(), "--project", inside=self.project.folder)
            return self.record

    @property
    def is_edited(self) -> bool:
        """Whether the draft was changed by hand: `finish` writes nothing of that."""
        file = self.drafts / f"{self.name}.yaml"
        if not file.is_file():
            return False
        return hashlib.sha256(file.read_bytes()).hexdigest() != self.state().head.get("record")

    @property
    def has_decisions(self) -> bool:
        """Whether anything was decided."""
        return self._path.is_file()

    @property
    def _named(self) -> Path:
        """The folder that a person named: that of the project, else that of `read --out`."""
        own = self.project.folder
        return own if self.drafts.is_relative_to(own) else self.drafts

    @property
    def _path(self) -> Path:
        return self.drafts / f"{self.name}{DECISIONS}"

    def _current(self, revision: str) -> DraftState:
        state = self.state()
        if state.revision != revision:
            raise OutdatedError(_OUTDATED)
        return state

    def _decisions(self) -> tuple[Decision, ...]:
        if not self._path.is_file():
            return ()
        decisions = []
        for number, line in enumerate(self._path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                decisions.append(decision_from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise CitypactError(
                    "{file}:{line}: is not a decision\n    -> mend or delete the line",
                    file=self._path,
                    line=number,
                ) from error
        return tuple(decisions)

    def _check_text(self, state: DraftState) -> None:
        """Refuses a record whose text is not there: its spans would count in nothing."""
        file = self.project.folder / DOCUMENTS / str(state.head["text"])
        if self.drafts.resolve() != (self.project.folder / DRAFTS).resolve():
            return  # drafts of --out have their texts elsewhere
        if not file.is_file() or (
            hashlib.sha256(file.read_bytes()).hexdigest() != state.form.text_sha256
        ):
            raise CitypactError(
                "{file}: is not the text of the draft\n"
                "    -> write it again with `citypact read --again`",
                file=file,
            )

    def _check(self, record: bytes) -> None:
        """Raises RecordError for the faults that the project would have with a record."""
        with temporary_folder() as folder:
            own = self.project.folder
            (folder / "records").mkdir()
            for part in ("entities", "registers"):
                if (own / part).is_dir():
                    (folder / part).symlink_to((own / part).resolve())
            for file in (own / "records").glob("*"):
                (folder / "records" / file.name).symlink_to(file.resolve())
            (folder / "records" / self.record.name).write_bytes(record)
            try:
                graph_of(load_sources(folder, project=replace(self.project, folder=folder)))
            finally:
                gc.collect()  # answers of the store must go in the thread that asked


__all__ = ["DECISIONS", "DraftFiles", "DraftState", "OutdatedError"]
