-- Everything a warehouse file holds before the marts are derived.
-- Points run 0–100 and high is good; fiscal years are B.E.; a figure nobody knows is NULL, never 0.

-- What the assessment is (from ita_data/editions, ita_data/targets.toml, ita_data/reference) ----------------

CREATE TABLE edition (
    fiscal_year    INTEGER NOT NULL,
    name_th        VARCHAR NOT NULL,
    pass_mark      DOUBLE,             -- NULL: the year has no pass mark that may be used
    tolerance      DOUBLE NOT NULL,    -- points between published and recomputed that rounding explains
    confidence_th  VARCHAR NOT NULL
);

CREATE TABLE part (
    fiscal_year       INTEGER NOT NULL,
    code              VARCHAR NOT NULL,
    parent            VARCHAR,
    level             VARCHAR NOT NULL,   -- overall, instrument, indicator, sub_indicator, item
    position          INTEGER NOT NULL,   -- order in the tree, parents before children
    instrument        VARCHAR,            -- the instrument the part belongs to
    indicator         VARCHAR,            -- the indicator the part belongs to
    weight_in_parent  DOUBLE,             -- NULL: the split is not confirmed
    weight_in_total   DOUBLE,
    name_th           VARCHAR NOT NULL,
    name_en           VARCHAR NOT NULL,
    split_confirmed   BOOLEAN NOT NULL,   -- are the weights of its children known
    scale             VARCHAR,            -- how an item is answered (binary: one assessor, 0 or 100)
    answer_step       DOUBLE,             -- points between two possible answers of one of many respondents
    confidence        VARCHAR NOT NULL
);

-- The respondent groups an edition asks separately; an item's score for all is the mean of the groups' means.
CREATE TABLE part_respondents (
    fiscal_year  INTEGER NOT NULL,
    part         VARCHAR NOT NULL,
    respondents  VARCHAR NOT NULL
);

CREATE TABLE grade_level (
    fiscal_year           INTEGER NOT NULL,
    code                  VARCHAR NOT NULL,
    position              INTEGER NOT NULL,   -- 1 is the best level
    name_th               VARCHAR NOT NULL,
    overall_at_least      DOUBLE NOT NULL,
    instruments_at_least  DOUBLE,
    passed                BOOLEAN NOT NULL,
    color                 VARCHAR NOT NULL
);

-- A break in comparability between a year and the year before it.
CREATE TABLE break_before (
    fiscal_year  INTEGER NOT NULL,
    comparable   VARCHAR NOT NULL,   -- the deepest level that may still be compared, or none
    joined       BOOLEAN NOT NULL,   -- may a line run across
    reason_th    VARCHAR NOT NULL
);

CREATE TABLE target (
    fiscal_year  INTEGER NOT NULL,
    share        DOUBLE NOT NULL,    -- percent of bodies at or above the pass mark
    confirmed    BOOLEAN NOT NULL
);

CREATE TABLE province (
    iso          VARCHAR NOT NULL,
    name_th      VARCHAR NOT NULL,
    name_en      VARCHAR NOT NULL,
    abbr_th      VARCHAR NOT NULL,
    region_code  VARCHAR NOT NULL,
    region_th    VARCHAR NOT NULL,
    tile_col     INTEGER NOT NULL,
    tile_row     INTEGER NOT NULL
);

CREATE TABLE organisation_type (
    type            VARCHAR NOT NULL,
    name_th         VARCHAR NOT NULL,
    short_th        VARCHAR NOT NULL,
    name_en         VARCHAR NOT NULL,
    sector          VARCHAR NOT NULL,   -- lao (local administrative organisation) or other
    needs_province  BOOLEAN NOT NULL,
    position        INTEGER NOT NULL
);

-- What was published ------------------------------------------------------------------------------------------

CREATE TABLE source (
    source_id     VARCHAR NOT NULL,
    kind          VARCHAR NOT NULL,   -- document, web, report, press, or file (imported)
    title_th      VARCHAR NOT NULL,
    publisher_th  VARCHAR,
    locator       VARCHAR NOT NULL,
    sha256        VARCHAR,
    confidence    VARCHAR,
    imported_by   VARCHAR,            -- who imported the file; NULL for what the project ships
    imported_at   TIMESTAMP           -- when, UTC
);

CREATE TABLE organisation (
    organisation_id  VARCHAR NOT NULL,
    type             VARCHAR NOT NULL,
    name_th          VARCHAR NOT NULL,
    full_name_th     VARCHAR NOT NULL,
    name_key         VARCHAR NOT NULL,   -- type and folded name, to recognise other spellings
    district_th      VARCHAR,
    province_iso     VARCHAR,
    label_th         VARCHAR NOT NULL,   -- unique among all bodies, for select boxes
    name_order       INTEGER NOT NULL,   -- Thai alphabetical order of the label
    note_th          VARCHAR
);

-- Bodies are upgraded and merged, so the type belongs to a year.
CREATE TABLE organisation_year (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    type             VARCHAR NOT NULL
);

-- The fact table: the published scores that stand.
CREATE TABLE score (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    part             VARCHAR NOT NULL,
    respondents      VARCHAR NOT NULL,   -- all, public or survey
    value            DOUBLE NOT NULL,
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL,
    note_th          VARCHAR
);

-- Printed figures that are not used: repeats and rivals of one that stands, figures that gave way to another
-- source's, and what no score can be.
CREATE TABLE set_aside_score (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    part             VARCHAR NOT NULL,
    respondents      VARCHAR NOT NULL,
    value            DOUBLE,
    stands           BOOLEAN NOT NULL,   -- in its own source
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL,
    note_th          VARCHAR
);

-- Every figure as printed; of repeated or rival figures in one source exactly one stands.
CREATE VIEW reported_score AS
SELECT organisation_id, fiscal_year, part, respondents, value, true AS stands, source_id, source_row, note_th
FROM score
UNION ALL
SELECT organisation_id, fiscal_year, part, respondents, value, stands, source_id, source_row, note_th
FROM set_aside_score;

-- Averages of provinces, ministries and types are groups, never bodies.
CREATE TABLE group_score (
    group_kind     VARCHAR NOT NULL,   -- province, ministry or type
    group_code     VARCHAR NOT NULL,
    group_name_th  VARCHAR NOT NULL,
    fiscal_year    INTEGER NOT NULL,
    part           VARCHAR NOT NULL,
    value          DOUBLE NOT NULL,
    n              INTEGER,
    source_id      VARCHAR NOT NULL,
    source_row     VARCHAR NOT NULL,
    note_th        VARCHAR
);

CREATE TABLE national_summary (
    fiscal_year      INTEGER NOT NULL,
    n_organisations  INTEGER,
    mean_overall     DOUBLE,
    n_passed         INTEGER,
    share_passed     DOUBLE,    -- percent
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL,
    note_th          VARCHAR
);

CREATE TABLE printed_grade (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    printed_grade    VARCHAR NOT NULL,
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL
);

CREATE TABLE printed_change (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    from_year        INTEGER NOT NULL,
    change           DOUBLE NOT NULL,
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL
);

-- Names a source uses for the body it is about.
CREATE TABLE source_name (
    organisation_id  VARCHAR NOT NULL,
    source_id        VARCHAR NOT NULL,
    source_row       VARCHAR NOT NULL,
    printed_name     VARCHAR NOT NULL,
    name_key         VARCHAR NOT NULL
);

CREATE TABLE measure (
    measure_id           VARCHAR NOT NULL,
    organisation_id      VARCHAR NOT NULL,
    plan_year            INTEGER NOT NULL,   -- the year the measure is to be carried out
    assessed_year        INTEGER NOT NULL,   -- the year whose result it answers
    seq                  INTEGER NOT NULL,
    title_th             VARCHAR NOT NULL,
    responsible_unit_th  VARCHAR,
    period_th            VARCHAR,
    follow_up_th         VARCHAR,            -- NULL: the source prints none
    source_id            VARCHAR NOT NULL,
    source_row           VARCHAR NOT NULL
);

CREATE TABLE measure_indicator (
    measure_id  VARCHAR NOT NULL,
    part        VARCHAR NOT NULL,
    basis       VARCHAR NOT NULL    -- printed in the source, or our reading of its subject
);

CREATE TABLE measure_result (
    measure_id  VARCHAR NOT NULL,
    done_th     VARCHAR,
    advice_th   VARCHAR,
    source_id   VARCHAR NOT NULL,
    source_row  VARCHAR NOT NULL
);

-- Figures that cannot be given to one body or group without guessing: they wait here for a person.
CREATE TABLE unresolved_score (
    name_th        VARCHAR NOT NULL,
    fiscal_year    INTEGER NOT NULL,
    part           VARCHAR NOT NULL,
    respondents    VARCHAR,
    value          DOUBLE,
    printed_grade  VARCHAR,
    why_th         VARCHAR NOT NULL,
    source_id      VARCHAR NOT NULL,
    source_row     VARCHAR NOT NULL,
    type_th        VARCHAR,            -- what the source says of the body beside its name
    district_th    VARCHAR,
    province_th    VARCHAR,
    code           VARCHAR
);

-- Names a person has decided: the waiting figures of this name in this source became scores of the body. Type, place
-- and code are what the source says, empty where it says nothing; NULL means whatever it says.
CREATE TABLE resolved_name (
    source_id        VARCHAR NOT NULL,
    name_th          VARCHAR NOT NULL,
    type_th          VARCHAR,
    district_th      VARCHAR,
    province_th      VARCHAR,
    code             VARCHAR,
    organisation_id  VARCHAR NOT NULL
);

-- Figures that stood until a person preferred another source's.
CREATE TABLE superseded (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    part             VARCHAR NOT NULL,
    respondents      VARCHAR NOT NULL,
    source_id        VARCHAR NOT NULL
);

-- What is derived by the build ----------------------------------------------------------------------------------

CREATE TABLE recomputed_score (
    organisation_id  VARCHAR NOT NULL,
    fiscal_year      INTEGER NOT NULL,
    part             VARCHAR NOT NULL,
    respondents      VARCHAR NOT NULL,
    value            DOUBLE NOT NULL
);

CREATE TABLE grade (
    organisation_id    VARCHAR NOT NULL,
    fiscal_year        INTEGER NOT NULL,
    grade_code         VARCHAR,            -- NULL: undecided, or the year has no scale
    grade_basis        VARCHAR NOT NULL,   -- computed, printed, undecided or no_scale
    possible_codes     VARCHAR NOT NULL,   -- the levels the known scores allow, best first, comma-separated
    grade_th           VARCHAR NOT NULL,   -- what the interface says
    passed             BOOLEAN
);

CREATE TABLE finding (
    finding_id       INTEGER NOT NULL,
    check_code       VARCHAR NOT NULL,
    title_th         VARCHAR NOT NULL,
    severity         VARCHAR NOT NULL,   -- fatal, high, medium or hint
    organisation_id  VARCHAR,
    fiscal_year      INTEGER,
    part             VARCHAR,
    source_id        VARCHAR,
    source_row       VARCHAR,
    value            DOUBLE,
    expected         DOUBLE,
    message_th       VARCHAR NOT NULL
);

CREATE TABLE build_info (
    build_id     VARCHAR NOT NULL,
    built_at     TIMESTAMP NOT NULL,   -- UTC
    dataset_th   VARCHAR NOT NULL,
    simulated    BOOLEAN NOT NULL,
    recipe       VARCHAR NOT NULL      -- checksum of the program that built it; another one builds anew
);

-- The dataset folders a version was built from, so that the next import builds on the same.
CREATE TABLE build_folder (
    position  INTEGER NOT NULL,
    folder    VARCHAR NOT NULL    -- 'published', the name of a folder of imports, or a path
);
