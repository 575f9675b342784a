import EventLoop
import Foundation
import Glibc
import RunProfile
import Transport
import Vocabulary

/// The bundled server in a child process of its own; ends with this object, and with this process.
final class ReferenceProcess {
    /// How long the child may take to print its addresses, in ns.
    static let startTimeout: Nanoseconds = 20 * .perSecond

    /// The plain address, without a path.
    let plain: TargetURL
    /// The TLS address, without a path.
    let tls: TargetURL
    /// A PEM file with the certificate that the child presents.
    let certificateFile: String
    /// The child's process number.
    let pid: pid_t
    private let folder: URL
    /// The child ends when this end of its standard input is closed, also by our death.
    private let lifeline: Int32

    /// Starts the server and waits until it listens.
    ///
    /// - Throws: ``RunError/machine(_:)`` where it does not start.
    init(
        _ options: ReferenceOptions,
        executable: String,
        startTimeout: Nanoseconds = ReferenceProcess.startTimeout
    ) throws(RunError) {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("hydrotest-\(UUID().uuidString)")
        certificateFile = folder.appendingPathComponent("certificate.pem").path
        let keyFile = folder.appendingPathComponent("key.pem").path
        do {
            let certificate = try SelfSignedCertificate()
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try Data(certificate.certificatePEM.utf8).write(to: URL(fileURLWithPath: certificateFile))
            try Data(certificate.keyPEM.utf8).write(to: URL(fileURLWithPath: keyFile))
        } catch {
            throw .machine(
                "cannot prepare the reference server's certificate: \(error); is TMPDIR a folder that can be written?"
            )
        }
        let arguments =
            [executable, "serve", "--port", "0", "--tls-port", "0", "--cert", certificateFile, "--key", keyFile]
            + Self.arguments(options) + ["--stop-with-input"]
        let child: ChildProcess
        do throws(RunError) {
            child = try ChildProcess(executable: executable, arguments: arguments)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        (pid, lifeline) = (child.pid, child.input)
        do throws(RunError) {
            (plain, tls) = try Self.addresses(from: child.output, within: startTimeout)
        } catch {
            Glibc.close(child.input)
            Glibc.close(child.output)
            kill(child.pid, SIGKILL)
            waitpid(child.pid, nil, 0)
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        Glibc.close(child.output)
        // The child has read it; nobody else shall, also after a crash of ours.
        try? FileManager.default.removeItem(atPath: keyFile)
    }

    /// How the child has ended of itself, in words; nil while it runs.
    var end: String? {
        var end = siginfo_t()
        // Its number is kept until it is stopped.
        guard waitid(P_PID, id_t(pid), &end, WEXITED | WNOHANG | WNOWAIT) == 0, end.si_signo == SIGCHLD else {
            return nil
        }
        let status = end._sifields._sigchld.si_status
        return end.si_code == Int32(CLD_EXITED) ? "exited with code \(status)" : "was ended by signal \(status)"
    }

    /// Ends the child.
    func stop() {
        Glibc.close(lifeline)
        kill(pid, SIGTERM)
        for _ in 0..<100 where waitpid(pid, nil, WNOHANG) == 0 { usleep(20_000) }
        if kill(pid, 0) == 0, waitpid(pid, nil, WNOHANG) == 0 {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        try? FileManager.default.removeItem(at: folder)
    }

    static func arguments(_ options: ReferenceOptions) -> [String] {
        [
            "--registry", options.registry.rawValue,
            "--heartbeat", options.heartbeat.map { "\($0)ns" } ?? "off",
            "--inactivity", "\(options.inactivity)ns",
            "--race-window", "\(options.raceWindow)ns",
            "--fault-after", "\(options.faultAfter)ns",
            "--fault-share", "\(options.faultShare * 100)%",
            "--tokens", "\(options.tokens)",
            "--token-rate", "\(options.tokenRate)/s",
        ] + options.faults.flatMap { ["--fault", $0.rawValue] }
    }

    private static func addresses(
        from output: Int32,
        within timeout: Nanoseconds
    ) throws(RunError) -> (plain: TargetURL, tls: TargetURL) {
        var text = ""
        let deadline = MonotonicClock.now() + timeout
        while true {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            let addresses = lines.compactMap { TargetURL(String($0)) }
            if let plain = addresses.first(where: { !$0.tls }), let tls = addresses.first(where: \.tls) {
                return (plain, tls)
            }
            var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let now = MonotonicClock.now()
            guard now < deadline else {
                throw .machine(
                    "the reference server has not printed its addresses within \(DurationText.format(timeout)); is the machine overloaded?"
                )
            }
            guard poll(&entry, 1, Int32((deadline - now) / .perMillisecond + 1)) == 1 else { continue }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { throw .machine("the reference server ended at its start: \(text)") }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }
}
