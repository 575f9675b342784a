import Load
import Record
import RunProfile
import Verdict
import Vocabulary

/// Judges the levels of a climb as they end, and ends the climb at the first that does not hold.
final class CapacityClimb {
    private let staircase: Staircase
    private let judge: LevelJudge
    /// When the climb began, in seconds since the run's start.
    private let start: Double
    /// Why a level's figures are not to be trusted.
    private let saturation: (LoadRecord) -> [String]
    /// What was found so far.
    private(set) var record: CapacityRecord

    init(
        _ staircase: Staircase,
        judge: LevelJudge,
        start: Double,
        saturation: @escaping (LoadRecord) -> [String]
    ) {
        self.staircase = staircase
        self.judge = judge
        self.start = start
        self.saturation = saturation
        record = CapacityRecord(top: UInt64(staircase.levels.last ?? 0))
    }

    /// Whether the last level, or one that did not hold, has been judged.
    var isOver: Bool { record.broken != nil || record.levels.count == staircase.levels.count }

    /// Takes the levels that have ended.
    func look(at generator: LoadGenerator) {
        while !isOver, let level = generator.takeLevel() {
            record.levels.append(judge.judge(level, over: span, saturation: saturation(level.load)))
            if isOver { generator.complete() }
        }
    }

    /// The climb in words, for the line that tells what goes on.
    var title: String {
        let held = record.held.map { ", \(NumberText.grouped(Int(clamping: $0.streams))) held" } ?? ""
        return "level \(record.levels.count + 1) of \(staircase.levels.count)\(held)"
    }

    /// The level that is judged next.
    private var span: LevelJudge.Span {
        let level = record.levels.count
        return LevelJudge.Span(
            streams: UInt64(staircase.levels[level]),
            opening: Double(staircase.count(of: level)) / staircase.rate,
            start: start + staircase.start(of: level).inSeconds,
            end: start + staircase.ends[level].inSeconds
        )
    }
}
