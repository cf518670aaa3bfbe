"""The question format: its model, reader, rules, report and rendering. Nothing outside this package knows the format.

A question page, read as GitHub reads it (CommonMark with tables):

    # Title                          one, in the first line
    One paragraph                    the page's description
    ## Group                         3 to 9 questions
    ### Question                     the words an interviewer says
    <!-- key: value ... -->          id, level, short, topics, aliases, core
    anything                         the prompt, always visible
    #### Hint … Sources              the parts, in the order of `model.PARTS`, each at most once

The way of the data is one direction only: text → `parse` → `Page` → `rules` report, `extension` renders.
"""
