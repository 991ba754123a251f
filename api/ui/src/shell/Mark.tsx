/** The product's sign. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <path className="letter" d="M7 9h18v4H18v13h-4V13H7z" />
      <path className="tick" d="M20 20l3 3 4-6" />
    </svg>
  );
}
