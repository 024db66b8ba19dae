/** How many are left after filtering: said aloud when it changes. */
export function Count({ shown, of, what }: { shown: number; of: number; what: string }) {
  return (
    <p class="count" role="status">
      {shown === of ? `${of} ${what}` : `${shown} of ${of} ${what}`}
    </p>
  );
}
