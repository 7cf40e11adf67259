/**
 * What a copy of a consultation takes over of its terms and criteria, in columns; of a lot's terms, all of them. A column
 * of these tables that is neither copied nor left out fails a test.
 */
export const COPIED_TERMS_COLUMNS = ['max_lots_bid', 'max_lots_awarded', 'tie_rule'] as const;

export const COPIED_CRITERION_COLUMNS = ['position', 'label', 'weight', 'environmental', 'method'] as const;
