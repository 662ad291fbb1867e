/** What somebody types who means to delete their account. */
export const deletionPhrase = "delete my account";
