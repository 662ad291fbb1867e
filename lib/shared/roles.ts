import type { Permission } from "./permissions";

/** A role as administrators see it. */
export interface RoleView {
  readonly name: string;
  readonly description: string;
  /** Comes with the application, and stays as it is. */
  readonly builtIn: boolean;
  readonly permissions: readonly Permission[];
  /** How many hold it, counted up to {@link maxCountedPeople}. */
  readonly people: number;
}

export const maxCountedPeople = 1_000;
