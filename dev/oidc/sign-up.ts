import type { Accounts, NewPerson } from "./accounts";

type Checked = { readonly person: NewPerson } | { readonly errors: Readonly<Record<string, string>> };

/** Checks the sign-up form; all faults at once, by field. */
export function checkSignUp(values: Readonly<Record<string, string>>, accounts: Accounts): Checked {
  const { name = "", username = "", email = "", password = "" } = values;
  const person = { name: name.trim(), username: username.trim(), email: email.trim(), password };
  const errors: Record<string, string> = {};
  if (!person.name || person.name.length > 100) errors["name"] = "Enter a name of at most 100 characters.";
  if (!/^[\w.-]{2,40}$/.test(person.username))
    errors["username"] = "Use 2 to 40 letters, digits, dots, dashes or underscores.";
  else if (accounts.findByLogin(person.username)) errors["username"] = "This user name is taken.";
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(person.email) || person.email.length > 254)
    errors["email"] = "Enter an e-mail address, such as name@example.com.";
  else if (accounts.findByLogin(person.email)) errors["email"] = "There is an account with this address.";
  if (password.length < 8 || password.length > 200)
    errors["password"] = "Enter a password of 8 to 200 characters.";
  return Object.keys(errors).length > 0 ? { errors } : { person };
}
