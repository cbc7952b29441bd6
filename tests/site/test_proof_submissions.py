"""`manage.py proof submissions`, with few of them."""

from pathlib import Path

from tests.proof.submissions.proof import prove, report

SUBMISSIONS = 20


def test_what_is_acknowledged_is_stored_once_though_processes_are_killed(
    own_database: None, tmp_path: Path
) -> None:
    figures = prove(tmp_path, SUBMISSIONS, 2, 4, (2, 5))
    assert figures.faults == []
    assert figures.others == {}
    assert figures.kills > 0
    assert figures.acknowledged > 0
    answered = figures.acknowledged + figures.unavailable
    assert answered + figures.without_answer == SUBMISSIONS
    assert f"| submissions | {SUBMISSIONS} |" in report(figures)
