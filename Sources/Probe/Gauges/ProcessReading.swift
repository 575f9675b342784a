import EventLoop

/// One process at one moment.
struct ProcessReading {
    /// Its directory.
    let directory: ProcessDirectory
    /// What its status says, or why it cannot be read.
    let status: Result<ProcessStatus, SystemError>
    /// Whether it is one of those watched, and not a child that comes and goes.
    let isWatched: Bool
    /// Its descriptors by kind, or why they cannot be read; nil where nobody wants them, as each costs a system call.
    let kinds: Result<[DescriptorKind: Int], SystemError>?

    /// Reads a process's status, and its descriptors by kind where they are wanted.
    init(_ directory: ProcessDirectory, isWatched: Bool = true, wantsKinds: Bool) {
        self.directory = directory
        self.isWatched = isWatched
        do throws(SystemError) {
            status = .success(try directory.status())
        } catch {
            status = .failure(error)
        }
        do throws(SystemError) {
            kinds = wantsKinds ? .success(try directory.descriptorKinds()) : nil
        } catch {
            kinds = .failure(error)
        }
    }

    /// Whether it is gone, or only waits for its parent to notice.
    var hasEnded: Bool {
        switch status {
        case .success(let status): status.hasEnded
        case .failure(let error): Gap(error).name == GapName.processGone
        }
    }
}
