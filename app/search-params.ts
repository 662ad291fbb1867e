/** The query of a page as Next gives it: from the person's address bar, so nothing in it is trusted. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;
