from django.db import migrations, models


def go_on_from_the_largest(apps, schema_editor):
    """Which larger ones have been deleted before, nothing tells any more."""
    ProgrammePage = apps.get_model("guides", "ProgrammePage")
    ProgrammePartPage = apps.get_model("guides", "ProgrammePartPage")
    PartNumbers = apps.get_model("guides", "PartNumbers")
    highest = {}
    keys = dict(ProgrammePage.objects.values_list("path", "translation_key"))
    for path, number in ProgrammePartPage.objects.values_list("path", "number"):
        if key := keys.get(path[:-4]):
            highest[key] = max(highest.get(key, 0), number)
    PartNumbers.objects.bulk_create(
        PartNumbers(programme=key, highest=number) for key, number in highest.items()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0009_drafts_lack_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartNumbers",
            fields=[
                (
                    "programme",
                    models.UUIDField(
                        primary_key=True, serialize=False, verbose_name="programme"
                    ),
                ),
                (
                    "highest",
                    models.PositiveSmallIntegerField(default=0, verbose_name="number"),
                ),
            ],
            options={
                "verbose_name": "numbers of parts",
                "verbose_name_plural": "numbers of parts",
            },
        ),
        migrations.RunPython(go_on_from_the_largest, migrations.RunPython.noop),
    ]
