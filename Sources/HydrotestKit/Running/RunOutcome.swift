import Record
import Report
import Verdict
import Vocabulary

/// What a run came to.
public struct RunOutcome: Sendable {
    /// What happened.
    public let record: RunRecord
    /// What was judged of it.
    public let judgement: Judgement

    /// The profile's name.
    public var profile: String { record.profile }

    /// Whether the verdict is a pass.
    public var passed: Bool { judgement.passed }

    /// The report.
    public var document: ReportDocument { ReportDocument(record: record, judgement: judgement) }

    /// Whether connections failed and none at all reached the target.
    public var isUnreachable: Bool {
        record.load.connections.failed > 0 && record.load.stages[.connected] == nil && !record.interrupted
            && record.serverDeath == nil
    }

    /// The exit code of the command line.
    public var exitCode: Int32 {
        if record.interrupted { return ExitCode.interrupted }
        if record.load.workerDeaths != nil { return ExitCode.internalError }
        if isUnreachable { return ExitCode.targetUnreachable }
        return judgement.passed ? ExitCode.pass : ExitCode.fail
    }

    /// What the exit code means where the report does not say it; nil where it does.
    public var exitReason: String? {
        if record.interrupted { return "interrupted; the report covers what was done" }
        if record.load.workerDeaths != nil { return "a worker died; the report covers what was done until then" }
        guard isUnreachable else { return nil }
        let names = record.load.errors.keys.sorted().joined(separator: ", ")
        return "no connection reached \(record.environment.target) (\(names)); is the server up?"
    }
}
