import Vocabulary

extension LoadRecord {
    /// What share of the attempts failed before a stage, so that no percentile of those that reached it counts them.
    ///
    /// - Parameters:
    ///   - stage: what was to be reached.
    ///   - reached: how many reached it.
    /// - Returns: 0 to 1; nil where none failed before it, or nobody looked.
    public func shareUnreached(_ stage: Stage, reached: UInt64) -> Double? {
        guard let faces = errorFaces?.faces else { return nil }
        let failed = faces.reduce(0 as UInt64) { sum, face in
            face.stages.reduce(sum) { $1.key < stage ? $0.saturatingAdding($1.value) : $0 }
        }
        guard failed > 0 else { return nil }
        return Double(failed) / (Double(failed) + Double(reached))
    }
}
