import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def forget_rows_of_pages(apps, schema_editor):
    """They name no person. No site that people use has any yet."""
    apps.get_model("home", "ReviewReminder").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0007_easy_source")]

    operations = [
        migrations.RunPython(
            forget_rows_of_pages, migrations.RunPython.noop, elidable=True
        ),
        migrations.AddField(
            model_name="pagereview",
            name="parts",
            field=models.JSONField(
                default=list,
                editable=False,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                help_text="The pages that are parts of it, as the content is stored.",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="reviewreminder", name="review_is_reminded_of_once"
        ),
        migrations.AddField(
            model_name="reviewreminder",
            name="person",
            field=models.ForeignKey(
                help_text="None: staff, of a page that is nobody's.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="home.reviewperson",
            ),
        ),
        migrations.AddField(
            model_name="reviewreminder",
            name="written_on",
            field=models.DateField(
                default=timezone.now, help_text="When it was last put into a letter."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reviewreminder",
            name="claimed_at",
            field=models.DateTimeField(
                help_text="Since when a process has been sending it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="reviewreminder",
            name="sent_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveField(model_name="reviewreminder", name="written_at"),
        migrations.AddConstraint(
            model_name="reviewreminder",
            constraint=models.UniqueConstraint(
                fields=("page", "person", "due_on", "step"),
                name="review_is_reminded_of_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewreminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person", None)),
                fields=("page", "due_on", "step"),
                name="staff_are_reminded_of_a_review_once",
            ),
        ),
    ]
