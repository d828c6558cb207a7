/** A program that creates nothing. */
export const nothing = true;
