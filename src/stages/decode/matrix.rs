//! 3x3 matrices. Only additions, multiplications and divisions are used, so that results are equal on every machine.

/// Row by row.
pub type Matrix = [[f64; 3]; 3];

/// `matrix` times the column `vector`.
pub fn apply(matrix: &Matrix, [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * x + row[1] * y + row[2] * z)
}

/// Returns the transposed matrix.
pub fn transposed(m: Matrix) -> Matrix {
    std::array::from_fn(|row| std::array::from_fn(|column| m[column][row]))
}

/// Returns the inverse, by cofactors; `None` if there is none.
pub fn inverse(m: Matrix) -> Option<Matrix> {
    let cofactor = |row: usize, column: usize| {
        let [a, b] = [(row + 1) % 3, (row + 2) % 3];
        let [c, d] = [(column + 1) % 3, (column + 2) % 3];
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant = m[0][0] * cofactor(0, 0) + m[0][1] * cofactor(0, 1) + m[0][2] * cofactor(0, 2);
    (determinant != 0.0)
        .then(|| std::array::from_fn(|row| std::array::from_fn(|column| cofactor(column, row) / determinant)))
}
