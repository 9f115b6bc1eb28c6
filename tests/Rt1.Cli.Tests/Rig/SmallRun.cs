using Rt1.Data;
using Rt1.Testing;

namespace Rt1.Cli.Tests;

/// <summary>The configuration of a training run that takes seconds, <c>run.yaml</c>, and its made-up episodes.</summary>
internal static class SmallRun
{
    public static void Write(TemporaryFolder folder)
    {
        SyntheticEpisodes.Write(folder["episodes"], "synthetic", episodes: 6, steps: 8, height: 32, width: 32, seed: 1);
        File.WriteAllText(folder["run.yaml"], $$"""
            name: small
            policy:
              image: { height: 32, width: 32, size: 32 }
              network:
                window: 2
                context_size: 16
                embedding_size: 16
                backbone:
                  width_multiplier: 1
                  depth_multiplier: 1
                  stem_channels: 8
                  stages: [{ block: fused_mb_conv, kernel: 3, stride: 2, expansion: 2, channels: 16 }]
                  top_channels: null
                transformer: { layers: 1, width: 16, heads: 1, key_size: 16 }
            data:
              datasets:
                synthetic:
                  dataset:
                    path: {{folder["episodes"]}}
                    rate_hz: 3
                    image: steps/observation/image
                    instruction: steps/observation/natural_language_instruction
                    action:
                      terminate_episode: { one_hot: steps/action/terminate_episode }
                      world_vector: [{ source: "steps/action/world_vector[0]" }, { source: "steps/action/world_vector[1]" }, { source: "steps/action/world_vector[2]" }]
                      rotation_delta: [{ source: "steps/action/rotation_delta[0]" }, { source: "steps/action/rotation_delta[1]" }, { source: "steps/action/rotation_delta[2]" }]
                      gripper_closedness_action: { source: "steps/action/gripper_closedness_action[0]" }
            batch_size: 4
            instruction: { encoder: learned }
            schedule: { steps: 6 }
            saving: { every_steps: 1000 }
            log: { every_steps: 2, images_every_steps: 0 }
            """);
    }
}
