/** The canvas colour of each theme for the browser's own bar, which reads no style sheet. Kept equal to globals.css. */
export const browserColors = { light: "#fbfbfd", dark: "#0d1014" } as const;
