-- What two pages are to one another is judged anew whenever it is asked for: it follows from their articles.
DROP TABLE relation;
