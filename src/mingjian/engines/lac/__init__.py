"""The tagger LAC-small with the weights that an installed jieba carries, run by numpy."""
