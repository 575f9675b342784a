import Glibc
import Report

/// What a CI server is told beside the report's files, by the variables that it sets for its jobs.
enum ContinuousIntegration {
    /// Tells a report: a summary of the job where `GITHUB_STEP_SUMMARY` names a file, annotations in GitHub Actions.
    static func tell(_ document: ReportDocument) {
        summarize(MarkdownReport(document).render())
        guard variable("GITHUB_ACTIONS") == "true" else { return }
        for line in WorkflowCommands(document).lines() { Output.line(line) }
    }

    /// Adds Markdown to the job's summary; a summary that cannot be written is said and harms nothing.
    static func summarize(_ markdown: String) {
        guard let path = variable("GITHUB_STEP_SUMMARY"), !path.isEmpty else { return }
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            return Output.error("hydrotest: cannot write the job's summary to \"\(path)\" (GITHUB_STEP_SUMMARY)")
        }
        defer { close(file) }
        var bytes = Array((markdown + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return Output.error("hydrotest: cannot write the job's summary to \"\(path)\" (GITHUB_STEP_SUMMARY)")
            }
        }
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
