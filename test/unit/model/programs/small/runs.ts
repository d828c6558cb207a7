/** Module state: a program that is loaded afresh starts from zero. */
export const runs = { count: 0 };
