"""How forms are drawn: what may be left empty, and what went wrong where."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def may_be_empty(field: Any) -> bool:
    """Said beside it; not where it is usually needed, nor where it has been asked."""
    is_asked = field.field.required or getattr(field.field, "is_asked", False)
    return not is_asked and not any(
        error.code == "required" for error in field.errors.as_data()
    )


@register.filter
def errors_of(form: Any) -> list[tuple[str, str, str]]:
    """Each error with its field's id and label, for a summary that links to them."""
    found = []
    for name, messages in form.errors.items():
        field = form[name] if name in form.fields else None
        for message in messages:
            target = field.id_for_label or field.auto_id if field else ""
            found.append((target, str(field.label) if field else "", str(message)))
    return found
