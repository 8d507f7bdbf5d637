/**
 * A parameter in the condition of a join. As a bare `?` it would have SQLite plan the statement anew at each execution, for
 * the sake of the value: it may decide which index is best (`SQLITE_ENABLE_STAT4`). That takes four times as long as the
 * reading, and here one plan is best for all values.
 */
export const PLANNED_ONCE = '(SELECT ?)';
