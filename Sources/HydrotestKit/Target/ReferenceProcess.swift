import CLinux
import EventLoop
import Foundation
import Glibc
import RunProfile
import Transport
import Vocabulary

/// The bundled server in a child process of its own; ends with this object, and with this process.
final class ReferenceProcess: Sendable {
    /// How long the child may take to print its addresses, in ns.
    static let startTimeout: Nanoseconds = 20 * .perSecond

    /// The plain address, without a path.
    let plain: TargetURL
    /// The TLS address, without a path.
    let tls: TargetURL
    /// A PEM file with the certificate that the child presents.
    let certificateFile: String
    private let folder: URL
    private let keyFile: String
    private let keyPEM: String
    private let executable: String
    private let options: ReferenceOptions
    private let startTimeout: Nanoseconds
    private let child: Locked<Child>

    private struct Child {
        var pid: pid_t
        /// The child ends when this end of its standard input is closed, also by our death.
        var lifeline: Int32
        /// Whether it has been ended on purpose and not been started again.
        var isDown = false
        /// Why it could not be started again.
        var failure: String?
    }

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
        keyFile = folder.appendingPathComponent("key.pem").path
        (self.executable, self.options, self.startTimeout) = (executable, options, startTimeout)
        do {
            let certificate = try SelfSignedCertificate()
            keyPEM = certificate.keyPEM
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try Data(certificate.certificatePEM.utf8).write(to: URL(fileURLWithPath: certificateFile))
        } catch {
            throw .machine(
                "cannot prepare the reference server's certificate: \(error); is TMPDIR a folder that can be written?"
            )
        }
        do throws(RunError) {
            let arguments = Self.arguments(
                options,
                ports: (options.port ?? 0, 0),
                certificateFile: certificateFile,
                keyFile: keyFile
            )
            let started = try Self.start(executable, arguments, key: keyPEM, in: keyFile, within: startTimeout)
            (plain, tls) = (started.plain, started.tls)
            child = Locked(Child(pid: started.child.pid, lifeline: started.child.input))
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    /// The child's process number; after a restart, that of the new one.
    var pid: pid_t { child.withLock { $0.pid } }

    /// Starts a child and waits until it listens.
    ///
    /// - Throws: ``RunError/machine(_:)`` where it does not.
    private static func start(
        _ executable: String,
        _ arguments: [String],
        key: String,
        in keyFile: String,
        within timeout: Nanoseconds
    ) throws(RunError) -> (child: ChildProcess, plain: TargetURL, tls: TargetURL) {
        // The child has read the key once it listens; nobody else shall, also after a crash of ours.
        defer { try? FileManager.default.removeItem(atPath: keyFile) }
        do {
            try Data(key.utf8).write(to: URL(fileURLWithPath: keyFile))
        } catch {
            throw .machine("cannot prepare the reference server's key: \(error)")
        }
        let child = try ChildProcess(executable: executable, arguments: [executable] + arguments)
        defer { Glibc.close(child.output) }
        do throws(RunError) {
            let (plain, tls) = try addresses(from: child.output, within: timeout)
            return (child, plain, tls)
        } catch {
            Glibc.close(child.input)
            kill(child.pid, SIGKILL)
            waitpid(child.pid, nil, 0)
            throw error
        }
    }

    /// Ends the child by SIGKILL.
    func endAtOnce() {
        child.withLock { child in
            child.isDown = true
            kill(child.pid, SIGKILL)
            waitpid(child.pid, nil, 0)
            Glibc.close(child.lifeline)
        }
    }

    /// Starts the child again, on the ports that it had.
    ///
    /// - Returns: whether it listens again; where it does not, ``end`` says why.
    func startAgain() -> Bool {
        let arguments = Self.arguments(
            options,
            ports: (plain.port, tls.port),
            certificateFile: certificateFile,
            keyFile: keyFile
        )
        do throws(RunError) {
            let started = try Self.start(executable, arguments, key: keyPEM, in: keyFile, within: startTimeout)
            child.withLock { $0 = Child(pid: started.child.pid, lifeline: started.child.input) }
            return true
        } catch {
            child.withLock { $0.failure = "could not be started again: \(error)" }
            return false
        }
    }

    /// How the child has ended of itself, in words; nil while it runs.
    var end: String? {
        let child = child.withLock { $0 }
        if child.isDown { return child.failure }
        let pid = child.pid
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
        let child = child.withLock { $0 }
        if !child.isDown {
            let pid = child.pid
            Glibc.close(child.lifeline)
            kill(pid, SIGTERM)
            for _ in 0..<100 where waitpid(pid, nil, WNOHANG) == 0 { usleep(20_000) }
            if kill(pid, 0) == 0, waitpid(pid, nil, WNOHANG) == 0 {
                kill(pid, SIGKILL)
                waitpid(pid, nil, 0)
            }
        }
        try? FileManager.default.removeItem(at: folder)
    }

    private static func arguments(
        _ options: ReferenceOptions,
        ports: (plain: UInt16, tls: UInt16),
        certificateFile: String,
        keyFile: String
    ) -> [String] {
        [
            "serve", "--port", "\(ports.plain)", "--tls-port", "\(ports.tls)", "--cert", certificateFile, "--key",
            keyFile,
        ]
            + arguments(options) + ["--stop-with-input"]
    }

    static func arguments(_ options: ReferenceOptions) -> [String] {
        [
            "--registry", options.registry.rawValue,
            "--heartbeat", options.heartbeat.map { "\($0)ns" } ?? "off",
            "--inactivity", "\(options.inactivity)ns",
            "--request-timeout", "\(options.requestTimeout)ns",
            "--race-window", "\(options.raceWindow)ns",
            "--fault-after", "\(options.faultAfter)ns",
            "--fault-share", "\(options.faultShare * 100)%",
            "--lose", "\(options.lose)",
            "--repeat", "\(options.repeats)",
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

/// A process started in a process group of its own, with pipes to its standard input and output.
struct ChildProcess {
    /// The process number.
    let pid: pid_t
    /// The end of its standard input to write to.
    let input: Int32
    /// The end of its standard output to read from.
    let output: Int32

    /// Starts a process; its errors go where ours go.
    ///
    /// A group of its own keeps a terminal's interrupt from it, so that probes can read it to the end of the run.
    ///
    /// - Throws: ``RunError/machine(_:)`` with what the system says.
    init(executable: String, arguments: [String]) throws(RunError) {
        var inputPipe: [Int32] = [0, 0]
        var outputPipe: [Int32] = [0, 0]
        guard hydrotest_pipe(&inputPipe) == 0, hydrotest_pipe(&outputPipe) == 0 else { throw Self.error(errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputPipe[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputPipe[1], STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The interrupts that we wait for on a thread must not stay blocked in the child.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, executable, &actions, &attributes, &words, environ)
        close(inputPipe[0])
        close(outputPipe[1])
        guard status == 0 else {
            close(inputPipe[1])
            close(outputPipe[0])
            throw Self.error(status)
        }
        (pid, input, output) = (child, inputPipe[1], outputPipe[0])
    }

    private static func error(_ number: Int32) -> RunError {
        .machine("cannot start the reference server: \(String(cString: strerror(number)))")
    }
}
