-- The published national figures of every year beside the target.
SELECT
    n.fiscal_year AS fiscal_year,
    n.n_organisations AS n_organisations,
    n.mean_overall AS mean_overall,
    n.n_passed AS n_passed,
    n.share_passed AS share_passed,
    t.share AS target_share,
    t.confirmed AS target_confirmed,
    n.note_th AS note_th,
    s.title_th AS source_th
FROM national_summary AS n
JOIN source AS s ON s.source_id = n.source_id
LEFT JOIN target AS t ON t.fiscal_year = n.fiscal_year
ORDER BY fiscal_year
