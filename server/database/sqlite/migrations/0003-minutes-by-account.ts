/** Minutes are read, and thrown away, by their account. The order of their age was kept for nobody. */
export const minutesByAccount = 'DROP INDEX usage_minutes_by_age;';
