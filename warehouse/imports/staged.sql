-- The figures of an import, before it is decided which of them stand. `words` are the texts its columns can hold.
CREATE TEMP TYPE staged_body AS ENUM (SELECT word FROM words WHERE kind = 'body');
CREATE TEMP TYPE staged_part AS ENUM (SELECT word FROM words WHERE kind = 'part');
CREATE TEMP TYPE staged_respondents AS ENUM (SELECT word FROM words WHERE kind = 'respondents');
CREATE TEMP TYPE staged_file AS ENUM (SELECT word FROM words WHERE kind = 'file');
CREATE TEMP TYPE staged_state AS ENUM ('new', 'unchanged', 'changed', 'conflict', 'repeated');
CREATE TEMP TABLE staged (
    staged_id        BIGINT NOT NULL,
    organisation_id  staged_body NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    part             staged_part NOT NULL,
    respondents      staged_respondents NOT NULL,
    value            DOUBLE NOT NULL,
    stands           BOOLEAN NOT NULL,
    source_id        staged_file NOT NULL,
    source_row       VARCHAR NOT NULL
);
