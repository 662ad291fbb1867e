interface Named {
  readonly name: string | null;
  readonly username: string | null;
  readonly email: string | null;
}

/** What a person is called where they are shown: the name, else the user name, else the e-mail address, else "Somebody". */
export function shownName({ name, username, email }: Named): string {
  return name ?? username ?? email ?? "Somebody";
}
