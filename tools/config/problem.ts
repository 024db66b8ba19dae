/** Something wrong at a path of the values, before its place in the file is known. */
export interface Pathed {
  path: PropertyKey[];
  text: string;
}
