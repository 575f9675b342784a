/// A small square matrix of numbers.
struct SquareMatrix {
    /// How many rows, and columns, it has.
    let size: Int
    private var values: [Double]

    /// A matrix of zeros.
    init(size: Int) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
    }

    /// An element.
    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    /// The inverse, by Gauss–Jordan elimination with pivots; nil where there is none.
    var inverse: SquareMatrix? {
        var left = self
        var right = SquareMatrix(size: size)
        for index in 0..<size { right[index, index] = 1 }
        for column in 0..<size {
            let pivot = (column..<size).max { abs(left[$0, column]) < abs(left[$1, column]) } ?? column
            guard abs(left[pivot, column]) > 1e-14 else { return nil }
            for index in 0..<size where pivot != column {
                (left[pivot, index], left[column, index]) = (left[column, index], left[pivot, index])
                (right[pivot, index], right[column, index]) = (right[column, index], right[pivot, index])
            }
            let scale = left[column, column]
            for index in 0..<size {
                left[column, index] /= scale
                right[column, index] /= scale
            }
            for row in 0..<size where row != column {
                let factor = left[row, column]
                guard factor != 0 else { continue }
                for index in 0..<size {
                    left[row, index] -= factor * left[column, index]
                    right[row, index] -= factor * right[column, index]
                }
            }
        }
        return right
    }

    /// The product with a column.
    func times(_ column: [Double]) -> [Double] {
        (0..<size).map { row in (0..<size).reduce(0) { $0 + self[row, $1] * column[$1] } }
    }
}
