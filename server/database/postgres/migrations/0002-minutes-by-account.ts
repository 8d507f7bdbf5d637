/**
 * Minutes are read, and thrown away, by their account. The planner took the order of their age for it now and then, and read
 * what every other account had left there.
 */
export const minutesByAccount = 'DROP INDEX usage_minutes_by_age;';
