// What a change of rules may do before it needs a second approver.
namespace Recon.Model.Rules;

/// <summary>Bounds for a change of the pack's rules, held against what the change would do on the same data; null where nothing is said.</summary>
/// <param name="PostsAdded">At most so many postings that the engine would make by itself and did not before.</param>
/// <param name="PostsValue">At most so much of them; one in another currency is beyond it.</param>
/// <param name="MatchesLost">At most so many matches of which a record would be open.</param>
public sealed record GateSpec(int? PostsAdded, Money? PostsValue, int? MatchesLost);
