"""The first start of a real site: languages, tree, goals, pages, crisis list, roles."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.roles import make_roles
from demo.crisis import make_crisis_contacts
from demo.guidance import Guidance
from demo.lexicon import make_keywords, make_search_words
from demo.notices import make_statement
from demo.reviews import Reviews
from demo.steps import Steps
from demo.structure import Tree
from home.readability.rows import bring_up_to_date


class Command(BaseCommand):
    help = (
        "Makes the site's tree, goals, pages of text, crisis contacts and roles."
        " Run again it adds only what it has never made."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-guides", action="store_true", help="Leave the guides out."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps(self.stdout, 4)
        tree = make_tree(steps)
        if not options["without_guides"]:
            make_guidance(steps, tree)
        make_words(steps)
        bring_up_to_date()


def make_tree(steps: Steps) -> Tree:
    steps.begin("Roles, languages, front pages and the four goals")
    make_roles()
    tree = Tree()
    tree.make_homes()
    tree.make_indexes()
    tree.make_goal_pages()
    tree.make_standard_pages()
    make_statement()
    steps.end()
    steps.begin("Crisis contacts")
    steps.end(f"{make_crisis_contacts()}")
    make_keywords()
    return tree


def make_guidance(steps: Steps, tree: Tree, reviews: Reviews | None = None) -> None:
    steps.begin("Guides, programmes and services")
    guidance = Guidance(tree, reviews)
    for number, _title in enumerate(guidance.make_pages(), 1):
        steps.count(number)
    guidance.choose_front_page_guides()
    steps.end()


def make_words(steps: Steps) -> None:
    steps.begin("Synonyms and words that bring help")
    make_search_words()
    steps.end()
