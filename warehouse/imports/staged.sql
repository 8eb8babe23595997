-- The figures of an import, before it is decided which of them stand.
CREATE TEMP TABLE staged (
    staged_id        BIGINT NOT NULL,
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    part             VARCHAR NOT NULL,
    respondents      VARCHAR NOT NULL,
    value            DOUBLE NOT NULL,
    stands           BOOLEAN NOT NULL,
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL
);
