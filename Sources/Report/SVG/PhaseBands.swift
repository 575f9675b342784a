import Record

/// The phases of a run as bands behind a plot, each with its label in a row where it has room.
struct PhaseBands {
    /// One phase's band.
    struct Band {
        /// The phase.
        let phase: Phase
        /// Where the label starts, or ends where it stands at the plot's end; in the plot's units.
        let labelX: Double
        /// Whether the label ends at ``labelX``, as it would not fit behind it.
        let isAtEnd: Bool
        /// The label's row, from 0; nil where there is no room.
        let row: Int?
    }

    /// The most rows of labels.
    static let rowLimit = 3
    /// The width of a label's character, in the plot's units; wide enough for the larger type of small screens.
    static let characterWidth = 7.2

    /// The bands, in order.
    let bands: [Band]
    /// How many rows of labels there are.
    var rows: Int { (bands.compactMap(\.row).max() ?? -1) + 1 }

    /// The bands of phases on an axis of time that spans a width in the plot's units.
    init(_ phases: [Phase], axis: Axis, width: Double) {
        var ends = [Double](repeating: -1, count: Self.rowLimit)
        bands = phases.prefix(ReportLimits.phases).map { phase in
            let labelWidth = Double(phase.name.rawValue.count) * Self.characterWidth
            let start = axis.fraction(phase.start) * width
            let isAtEnd = start + 3 + labelWidth > width
            let x = isAtEnd ? max(width - labelWidth, 0) : start + 3
            let row = ends.firstIndex { $0 < x }
            if let row { ends[row] = x + labelWidth + 6 }
            return Band(phase: phase, labelX: isAtEnd ? width : x, isAtEnd: isAtEnd, row: row)
        }
    }
}
