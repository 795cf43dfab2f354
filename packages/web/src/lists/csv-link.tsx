/** Downloads what a list shows, all of it, as a file for a spreadsheet. `label` where several stand on a page. */
export function CsvLink({ href, label }: { href: string; label?: string }) {
  return (
    <a href={href} download aria-label={label}>
      CSV
    </a>
  );
}
