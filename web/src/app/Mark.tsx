/** The product's mark: a prompt in a box. */
export function Mark({ size = 22 }: { size?: number }) {
  return <img src="/mark.svg" width={size} height={size} alt="" />;
}
