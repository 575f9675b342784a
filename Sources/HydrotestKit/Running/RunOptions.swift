import Foundation
import Record
import Report
import RunProfile
import Verdict
import Vocabulary

/// What the command line adds to a profile.
public struct RunOptions: Sendable {
    /// Values that replace those of the profile.
    public var overrides: [ProfileOverride] = []
    /// The environment that `${NAME}` is taken from.
    public var environment: [String: String] = [:]
    /// Hosts that are named as authorised, beside the profile's own word.
    public var authorizedHosts: [String] = []
    /// The executable whose `serve` starts the bundled server.
    public var executable = "/proc/self/exe"
    /// The command line, for the report.
    public var command = ""
    /// The command line that does the same again, but for the seed; empty where there is none.
    public var reproduce = ""
    /// The command line's first words, for one that repeats a race.
    public var again = ""
    /// Event loops, each on a thread of its own; nil for one a core, as far as each has enough to do.
    public var workers: Int?

    /// The defaults.
    public init() {}
}

/// What a run does between its baseline and its ladder.
public enum RunWork: Sendable {
    /// The profile's scenarios, or its climb.
    case load
    /// A drop matrix: every stage and manner alone, several times.
    case matrix
    /// Nothing but the calibration: which gauges see streams.
    case calibration
    /// The search for the window of delays in which a drop leaks.
    case race
}

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

extension Profile {
    /// Makes paths, which count from the profile's folder, count from the working folder.
    mutating func resolvePaths(beside file: String) {
        func path(_ path: String) -> String {
            URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: file).deletingLastPathComponent()).path
        }
        target.tls.authorityFile = target.tls.authorityFile.map(path)
        exec.resolve(folder: URL(fileURLWithPath: file).deletingLastPathComponent().path, path)
        for index in scenarios.indices { scenarios[index].request.resolveFiles(path) }
        for index in probes.indices { probes[index].resolveCommand(path) }
    }
}

/// A profile's text as a record holds it: without secrets, and no longer than ``ReportLimits/profileBytes``.
struct ProfileListing {
    /// The text; a last line tells what was left out.
    let text: String

    /// The listing of a profile's text as it was read.
    init(_ profile: String) {
        let masked = SecretText.masked(profile)
        guard masked.utf8.count > ReportLimits.profileBytes else {
            text = masked
            return
        }
        var kept = String(decoding: masked.utf8.prefix(ReportLimits.profileBytes), as: UTF8.self)
        // A line that was cut in the midst is left out whole.
        kept = kept.lastIndex(of: "\n").map { String(kept[...$0]) } ?? ""
        text = kept + "# \(masked.utf8.count - kept.utf8.count) bytes are left out.\n"
    }
}
