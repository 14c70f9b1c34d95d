"""What people said as labelled data, by which a model is trained or tested: spans, tags a character, annotations.

Of each claim the last word counts; claims that were taken back, or whose words are gone, are left out.
"""
