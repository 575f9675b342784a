import Report
import RunProfile

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
