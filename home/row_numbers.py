"""Keys of rows in addresses: numbers that a database can hold."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowConverter(IntConverter):
    """`<row:…>`. SQLite cannot even be asked for a longer number."""

    regex = "[0-9]{1,18}"


register_converter(RowConverter, "row")
