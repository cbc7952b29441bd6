"""The goals, themes, target groups, municipalities and postal codes of 2026."""

import json
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).parent / "data" / "taxonomies.json"


def add_rows(apps, schema_editor):
    data = json.loads(DATA.read_text(encoding="utf-8"))
    goal_model = apps.get_model("home", "Goal")
    goals = {}
    for place, row in enumerate(data["goals"]):
        goals[row["key"]], _made = goal_model.objects.get_or_create(
            key=row["key"], defaults=with_place(row, place)
        )
    for place, row in enumerate(data["themes"]):
        goal = goals[row.pop("goal")]
        apps.get_model("home", "Theme").objects.get_or_create(
            key=row["key"], defaults=with_place(row, place) | {"goal": goal}
        )
    for place, row in enumerate(data["target_groups"]):
        apps.get_model("home", "TargetGroup").objects.get_or_create(
            key=row["key"], defaults=with_place(row, place)
        )
    towns = {}
    for place, row in enumerate(data["municipalities"]):
        towns[row["key"]], _made = apps.get_model(
            "home", "Municipality"
        ).objects.get_or_create(key=row["key"], defaults=with_place(row, place))
    for code, place_name, town in data["postal_codes"]:
        apps.get_model("home", "PostalCode").objects.get_or_create(
            code=code, defaults={"place": place_name, "municipality": towns[town]}
        )


def with_place(row, place):
    return row | {"order": place, "bit": place}


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
