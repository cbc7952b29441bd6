"""Calendar files of a group and feeds of any list, beside the pages they tell of."""
