/**
 * Eigenvalues of small symmetric matrices, by Jacobi's rotations: exact with equal eigenvalues, and the same every time.
 */

/** One eigenvalue with its eigenvector of length 1. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: readonly number[];
}

/** Rounds over the whole matrix; about eight are enough for 100 × 100. */
const MAX_SWEEPS = 50;

/** Eigenpairs of the symmetric `size` × `size` matrix given row by row; the greatest eigenvalue first. */
export function eigenpairs(matrix: readonly number[], size: number): readonly Eigenpair[] {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  const at = (i: number, j: number): number => a[i * size + j] ?? 0;
  const scale = Math.max(...a.map(Math.abs), 0);

  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const off = at(p, q);
        if (Math.abs(off) <= scale * 1e-15) continue;
        rotated = true;
        const theta = (at(q, q) - at(p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const cos = 1 / Math.sqrt(t * t + 1);
        turn(a, v, size, p, q, cos, t * cos);
      }
    }
    if (!rotated) break;
  }

  return Array.from({ length: size }, (_, j) => ({
    value: at(j, j),
    vector: Array.from({ length: size }, (_, i) => v[i * size + j] ?? 0),
  })).sort((one, other) => other.value - one.value);
}

/** Turns the plane of `p` and `q`, in the matrix from both sides and in the eigenvectors from the right. */
function turn(a: Float64Array, v: Float64Array, size: number, p: number, q: number, cos: number, sin: number): void {
  const mix = (m: Float64Array, i: number, j: number): void => {
    const x = m[i] ?? 0;
    const y = m[j] ?? 0;
    m[i] = cos * x - sin * y;
    m[j] = sin * x + cos * y;
  };
  for (let k = 0; k < size; k++) {
    mix(a, k * size + p, k * size + q);
    mix(v, k * size + p, k * size + q);
  }
  for (let k = 0; k < size; k++) mix(a, p * size + k, q * size + k);
}
