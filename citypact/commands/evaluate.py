"""`citypact evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from citypact.commands.help import columns, example, option, right_aligned
from citypact.commands.help import command as click_command
from citypact.commands.options import FOLDER, json_option, replace_option
from citypact.commands.progress import progress
from citypact.ontology.errors import Message
from citypact.terminal import print_json, print_lines
from citypact.translation import translated

if TYPE_CHECKING:
    from citypact.sources.extraction.evaluate import LabelledEvaluation, Score

MEASURES = {
    "agreements": Message("agreements"),
    "parties": Message("parties"),
    "dates": Message("dates"),
    "status": Message("status"),
    "signatories": Message("signatories"),
    "signatories_with_side": Message("signatories with side"),
    "topics": Message("topics"),
    "mode": Message("mode"),
    "mode_stated": Message("mode, where stated"),
    "legal_force": Message("legal force"),
    "legal_force_stated": Message("legal force, where stated"),
}
HEADS = (
    Message("precision"),
    Message("recall"),
    "F1",
    Message("90% interval"),
    Message("baseline F1"),
    Message("right"),
    Message("found"),
    Message("labelled"),
)
CALIBRATION_HEADS = (
    Message("found"),
    Message("mean confidence"),
    Message("share right"),
    Message("high confidence"),
    Message("of these right"),
)
LANGUAGES = {
    "": Message("All documents"),
    "ko": Message("Documents in Korean"),
    "en": Message("Documents in English"),
}


@click_command(epilog=example("evaluate labelled-documents --predictions predictions"))
@click.argument("folder", type=FOLDER)
@option(
    "--predictions",
    type=FOLDER,
    metavar="DIR",
    help="Also write what was found in each document to this folder, as NN.json.",
)
@replace_option
@json_option("Print scores and errors as JSON.")
def command(folder: str, predictions: str | None, replace: bool, as_json: bool) -> None:
    """Measure extraction on labelled documents.

    FOLDER contains NN.txt (first line: address; second line: publication date; then the text) and
    NN.yaml (the labels). Prints precision, recall and F1 for each kind of value, over all
    documents and by language, with a 90% interval of F1 from resampled documents and the F1 of a
    baseline (gazetteer, date pattern, keywords), and lists every error.
    """
    from citypact.sources.extraction import evaluate as measuring
    from citypact.sources.extraction.baseline import baseline as find_baseline
    from citypact.sources.extraction.labelled import read_labelled

    with progress() as step:
        step(Message("reading labelled documents"))
        documents = read_labelled(Path(folder))
        step(Message("extracting and comparing"))
        drafts = []
        for done, document in enumerate(documents):
            counted = Message("document {done} of {number}", done=done, number=len(documents))
            step(counted)
            drafts.append(measuring.draft_of(document))
        evaluation = measuring.LabelledEvaluation(
            tuple(measuring.compare(*each) for each in zip(documents, drafts, strict=True))
        )
        step(Message("comparing with the baseline"))
        baseline = measuring.evaluate(documents, find_baseline)
    if predictions:
        measuring.write_predictions(documents, drafts, Path(predictions), replace=replace)
    if as_json:
        print_json(measuring.as_json(evaluation, baseline))
        return
    for language in ("", *evaluation.languages):
        _print_scores(evaluation, baseline, language)
    _print_calibration(evaluation)
    _print_without(evaluation)
    _print_misses(evaluation)


def _print(template: str, **values: object) -> None:
    print_lines(translated(Message(template, **values)))


def _print_scores(
    evaluation: LabelledEvaluation, baseline: LabelledEvaluation, language: str
) -> None:
    results = [r for r in evaluation.results if not language or r.document.language == language]
    of_language = LANGUAGES.get(language)
    title = translated(of_language) if of_language else language
    print_lines(f"{title}: {len(results)}")
    names = {measure: translated(name) for measure, name in MEASURES.items()}
    width = max(columns(name) for name in names.values())
    cells = [right_aligned(translated(head), 14) for head in HEADS]
    print_lines("  " + " " * width + "".join(cells))
    baselines = baseline.scores(language)
    for measure, score in evaluation.scores(language).items():
        name = names[measure] + " " * (width - columns(names[measure]))
        print_lines(
            f"  {name}"
            + "".join(right_aligned(cell, 14) for cell in _cells(score, baselines[measure]))
        )
    right, of = evaluation.status_of_right(language)
    if of:
        _print(
            "  Of {of} {of:agreement|agreements} found with the right form and parties, "
            "{right} {right:has|have} the right "
            "status ({share:.0%}).",
            of=of,
            right=right,
            share=right / of,
        )
    print_lines("")


def _cells(score: Score, baseline: Score) -> list[str]:
    shares = [_share(score.precision), _share(score.recall), _share(score.f1)]
    low_high = score.interval
    interval = f"{low_high[0]:.2f}–{low_high[1]:.2f}" if low_high else "–"
    tally = score.tally
    shares += [interval, _share(baseline.f1)]
    return [*shares, f"{tally.right:g}", str(tally.asserted), str(tally.demanded)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _print_calibration(evaluation: LabelledEvaluation) -> None:
    """How many values are right, by their confidence: over all and by kind."""
    from citypact.sources.extraction.confidence import HIGH

    calibration = evaluation.calibration()
    if not calibration:
        return
    _print("Confidence of found values (high: {high:.0%} or more)", high=HIGH)
    names = {None: translated("all values")} | {
        measure: translated(MEASURES[measure]) for measure in calibration if measure
    }
    width = max(columns(name) for name in names.values())
    cells = [right_aligned(translated(head), 16) for head in CALIBRATION_HEADS]
    print_lines("  " + " " * width + "".join(cells))
    for measure, each in calibration.items():
        name = names[measure] + " " * (width - columns(names[measure]))
        shares = [
            str(each.values),
            f"{each.expected / each.values:.2f}",
            f"{each.right / each.values:.2f}",
            str(each.sure),
            _share(each.sure_right / each.sure if each.sure else None),
        ]
        print_lines(f"  {name}" + "".join(right_aligned(cell, 16) for cell in shares))
    print_lines("")


def _print_without(evaluation: LabelledEvaluation) -> None:
    without = evaluation.without_agreement
    _print(
        "Documents without an agreement: {count}; agreements found in them: {asserted}",
        count=len(without),
        asserted=sum(len(result.asserted) for result in without),
    )
    for result in without:
        for agreement in result.asserted:
            print_lines(f"    {result.document.name}  {agreement}")
    print_lines("")


def _print_misses(evaluation: LabelledEvaluation) -> None:
    misses = [miss for result in evaluation.results for miss in result.misses]
    _print("Errors: {count} (label -> found)", count=len(misses))
    for miss in misses:
        measure = translated(MEASURES[miss.measure])
        print_lines(
            f"    {miss.document}  {measure}: {miss.expected or '–'} -> {miss.found or '–'}"
        )
